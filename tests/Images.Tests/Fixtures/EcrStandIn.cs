using System.Net;
using System.Text;

namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>ECR's own interface on this machine, which says that the registry of the account is another process here.</summary>
internal sealed class EcrStandIn : IAsyncDisposable
{
    public const string Host = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    private static readonly string[] Names = ["AWS_ENDPOINT_URL_ECR", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"];
    private readonly HttpListener _listener = new();
    private readonly string?[] _before = [.. Names.Select(Environment.GetEnvironmentVariable)];
    private readonly string _registry;
    private readonly string _counts;
    private readonly Task _serving;

    /// <param name="registry">Takes <see cref="RegistryProcess.User"/> and <see cref="RegistryProcess.Password"/>.</param>
    /// <param name="counts">What its scans find in every image, such as <c>"CRITICAL":2</c>.</param>
    public EcrStandIn(RegistryProcess registry, string counts)
    {
        _registry = registry.Host;
        _counts = counts;
        var address = $"http://127.0.0.1:{FreePort.Take()}/";
        _listener.Prefixes.Add(address);
        _listener.Start();
        foreach (var (name, value) in Names.Zip([address, "AKIDEXAMPLE", "secret", "eu-west-1"]))
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        _serving = ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (name, value) in Names.Zip(_before))
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                context.Response.ContentType = "application/x-amz-json-1.1";
                context.Response.Close(Encoding.UTF8.GetBytes(Answer(context.Request.Headers["x-amz-target"]!.Split('.')[^1])), willBlock: false);
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private string Answer(string action) => action switch
    {
        "GetAuthorizationToken" => $$"""{"authorizationData":[{"authorizationToken":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes($"{RegistryProcess.User}:{RegistryProcess.Password}"))}}","proxyEndpoint":"http://{{_registry}}"}]}""",
        "DescribeImages" => $$$"""{"imageDetails":[{"repositoryName":"shop/web","imageDigest":"sha256:x","imageScanStatus":{"status":"COMPLETE"},"imageScanFindingsSummary":{"findingSeverityCounts":{{{{_counts}}}} } }]}""",
        _ => throw new InvalidOperationException(action),
    };
}
