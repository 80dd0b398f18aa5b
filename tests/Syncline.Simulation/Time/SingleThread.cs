namespace Syncline.Simulation.Time;

/// <summary>Runs something on a thread of its own without a synchronisation context, so that every continuation runs where its cause did.</summary>
internal static class SingleThread
{
    // Continuations that complete one another nest; a page of a hundred records needs more than the default stack in a debug build.
    private const int StackBytes = 64 * 1024 * 1024;

    public static T Run<T>(Func<T> work)
    {
        T result = default!;
        System.Runtime.ExceptionServices.ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception e) when (Keep(e))
            {
                // Rethrown on the caller's thread below.
            }
        }, StackBytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;

        bool Keep(Exception e)
        {
            failure = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e);
            return true;
        }
    }
}
