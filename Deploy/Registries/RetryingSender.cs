using System.Net;
using System.Net.Sockets;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Registries;

/// <summary>Sends a request again where its failure may pass: overload, a broken connection, a server that is being replaced.</summary>
internal sealed class RetryingSender(HttpMessageInvoker http, RegistryPolicy policy, IProgress<RegistryEvent> progress)
{
    // Nobody listens: three tries tell a restart from a wrong address.
    private const int AttemptsWithoutListener = 3;

    public RegistryPolicy Policy => policy;

    /// <summary>The answer, whatever its status, once that is not one that may pass or the attempts are used up.</summary>
    /// <param name="request">Makes the request, anew for each attempt.</param>
    /// <param name="limits">Of every attempt and of their number.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="DeployException">The host cannot be reached or trusted.</exception>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, SendingLimits limits, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var message = request();
            var address = message.RequestUri ?? throw new InvalidOperationException("A request has an address.");
            string reason;
            TimeSpan? asked = null;
            try
            {
                var response = await OnceAsync(message, limits, cancellationToken);
                if (!MayPass(response.StatusCode) || attempt >= limits.Attempts)
                {
                    return response;
                }

                reason = $"{(int)response.StatusCode}";
                asked = Asked(response);
                response.Dispose();
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or TimeoutException)
            {
                if (attempt >= limits.Attempts || !MayPass(failure, attempt))
                {
                    throw new DeployException([RegistryProblems.Unreachable(address, failure)], failure);
                }

                reason = failure.Message;
            }

            await PauseAsync(address.Authority, reason, attempt, asked, cancellationToken);
        }
    }

    /// <summary>Waits before the attempt that follows <paramref name="attempt"/>.</summary>
    /// <param name="host">For those who watch.</param>
    /// <param name="reason">Why there has to be another.</param>
    /// <param name="attempt">1 for the first.</param>
    /// <param name="asked">How long the server asked to be left alone.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task PauseAsync(string host, string reason, int attempt, TimeSpan? asked, CancellationToken cancellationToken)
    {
        var delay = asked ?? policy.FirstDelay * Math.Pow(2, attempt - 1);
        delay = delay > policy.LongestDelay ? policy.LongestDelay : delay;
        progress.Report(new RegistryEvent.Retrying(host, reason, delay));
        await Task.Delay(delay, policy.Clock, cancellationToken);
    }

    public static bool MayPass(HttpStatusCode status) => status is
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>How long an answer asks to be left alone; null where it does not say.</summary>
    public TimeSpan? Asked(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > policy.Clock.GetUtcNow() => date - policy.Clock.GetUtcNow(),
        { Date: not null } => TimeSpan.Zero,
        _ => null,
    };

    private static bool MayPass(Exception failure, int attempt) => failure switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => false,
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } } => false,
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => attempt < AttemptsWithoutListener,
        _ => true,
    };

    private async Task<HttpResponseMessage> OnceAsync(HttpRequestMessage message, SendingLimits limits, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limits.Answer, policy.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var response = await http.SendAsync(message, both.Token);
            // The length that an answer to HEAD names is not its own.
            if (limits.Whole is { } length && message.Method != HttpMethod.Head)
            {
                await ReadWholeAsync(response, length, both.Token);
            }

            return response;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {limits.Answer.TotalSeconds:0} seconds.");
        }
    }

    private static async Task ReadWholeAsync(HttpResponseMessage response, int length, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(length, cancellationToken);
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new DeployException([await RegistryProblems.UnexpectedAsync(response, cancellationToken)], failure);
        }
    }
}
