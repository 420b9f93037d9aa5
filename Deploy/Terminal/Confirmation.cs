using Platform.Deploy.Apply;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Terminal;

/// <summary>Asks whoever sits at the terminal.</summary>
internal static class Confirmation
{
    private const string GiveYes = "Look at what 'platform aws plan' shows, then give --yes.";

    /// <summary>For a verb that has <c>--yes</c>.</summary>
    /// <returns>Whether the answer is y or yes.</returns>
    /// <exception cref="DeployException">Nobody is there to answer.</exception>
    public static async Task<bool> AskAsync(Screen screen, string question, CancellationToken cancellationToken) =>
        await LineAsync(screen, $"{question} [y/N] ", ApplyProblems.NobodyToAsk(question, GiveYes), cancellationToken) is "y" or "Y" or "yes" or "Yes";

    /// <param name="screen">With the person.</param>
    /// <param name="prompt">With a blank at its end.</param>
    /// <param name="nobody">What to say where nobody can be asked.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Without blanks around it.</returns>
    /// <exception cref="DeployException">Nobody is there to answer.</exception>
    public static async Task<string> LineAsync(Screen screen, string prompt, Problem nobody, CancellationToken cancellationToken)
    {
        if (screen.In is not { } input)
        {
            throw new DeployException(nobody);
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
