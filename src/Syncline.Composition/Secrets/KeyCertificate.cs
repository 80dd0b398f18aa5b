using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Syncline.Composition.Secrets;

/// <summary>The certificate that closes the key ring: a file beside the database and not in it, so that a copy of the database alone opens no credential.</summary>
internal static class KeyCertificate
{
    public const string FileName = "protection.pfx";

    public static X509Certificate2 OpenOrCreate(string folder, TimeProvider clock)
    {
        string file = Path.Combine(folder, FileName);
        if (!File.Exists(file)) Write(file, clock);
        return X509CertificateLoader.LoadPkcs12FromFile(file, null, X509KeyStorageFlags.EphemeralKeySet);
    }

    private static void Write(string file, TimeProvider clock)
    {
        using RSA key = RSA.Create(3072);
        CertificateRequest request = new("CN=Syncline key ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        // Nothing checks its dates: it only wraps keys, which are renewed by themselves.
        using X509Certificate2 certificate = request.CreateSelfSigned(clock.GetUtcNow().AddDays(-1), clock.GetUtcNow().AddYears(50));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using FileStream stream = new(file, options);
        stream.Write(certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, null));
    }
}
