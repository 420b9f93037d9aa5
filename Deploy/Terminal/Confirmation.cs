using Platform.Deploy.Apply;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Terminal;

/// <summary>Asks whoever sits at the terminal.</summary>
internal static class Confirmation
{
    /// <returns>Whether the answer is y or yes.</returns>
    /// <exception cref="DeployException">Nobody is there to answer.</exception>
    public static async Task<bool> AskAsync(Screen screen, string question, CancellationToken cancellationToken) =>
        await LineAsync(screen, $"{question} [y/N] ", question, cancellationToken) is "y" or "Y" or "yes" or "Yes";

    /// <returns>Without blanks around it.</returns>
    /// <exception cref="DeployException">Nobody is there to answer.</exception>
    public static async Task<string> LineAsync(Screen screen, string prompt, string what, CancellationToken cancellationToken)
    {
        if (screen.In is not { } input)
        {
            throw new DeployException(ApplyProblems.NobodyToAsk(what));
        }

        await screen.Error.WriteAsync(prompt);
        var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);

        // Reading from a terminal cannot be called off: the thread is left behind, and ends with the process.
        new Thread(() =>
        {
            try
            {
                answer.TrySetResult(input.ReadLine());
            }
            catch (IOException)
            {
                answer.TrySetResult(null);
            }
        })
        { IsBackground = true }.Start();
        return (await answer.Task.WaitAsync(cancellationToken))?.Trim() ?? "";
    }
}
