using System.Net;
using System.Net.Mail;
using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;

namespace Syncline.Composition.Workspaces;

/// <summary>An alert by mail.</summary>
internal sealed class Letter(MailConfiguration mail, Variables variables)
{
    /// <exception cref="SmtpException">The server cannot be reached or refuses.</exception>
    /// <exception cref="InvalidOperationException">A variable is not set.</exception>
    public async Task SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        string host = Expand(mail.Host);
        using SmtpClient client = new(host, mail.Port)
        {
            // Encrypted by STARTTLS; a relay on this machine has no certificate and needs none.
            EnableSsl = !IsHere(host),
            Credentials = mail.User is { } user ? new NetworkCredential(Expand(user), Expand(mail.Password ?? "")) : null,
        };
        using MailMessage message = new(Expand(mail.From), Expand(mail.To), alert.Subject, alert.Sentence);
        await client.SendMailAsync(message, cancellationToken);
    }

    private static bool IsHere(string host) => host == "localhost" || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private string Expand(string text) => variables.Expand(text) ?? throw new InvalidOperationException("a variable in its settings is not set.");
}
