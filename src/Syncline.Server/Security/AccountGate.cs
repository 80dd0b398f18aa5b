namespace Syncline.Server.Security;

/// <summary>One sign-in, or one change of a user, at a time.</summary>
/// <remarks>
/// The framework reads a user, changes him in memory and saves him whole. Of several that go beside one another, the last would put back what the others had counted, locked or replaced.
/// A password's hash takes a tenth of a second: whoever guesses by the thousand slows down the others at this door, and the limit by address keeps that short.
/// </remarks>
internal sealed class AccountGate : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <param name="work">Reads what it saves.</param>
    public async Task<T> PassAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
