using System.Net;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Aws;

/// <summary>What the command line and the environment's file say about AWS.</summary>
internal sealed record AwsSessionSettings
{
    /// <summary>Of <c>--profile</c>; null: the chain decides.</summary>
    public string? Profile { get; init; }

    /// <summary>Of <c>--region</c> or the file; null where nobody said one.</summary>
    public string? Region { get; init; }

    /// <summary>Default: none, so that AWS's endpoints, or those that the environment names, are used.</summary>
    public AwsStandIn? StandIn { get; init; }

    public AwsLimits Limits { get; init; } = new();

    /// <summary>Told of each attempt of each call. Default: nobody.</summary>
    public Action<AwsAttempt> Observe { get; init; } = static _ => { };

    /// <summary>What requests pass through on their way to the network. Default: nothing.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler> Through { get; init; } = static network => network;
}

/// <summary>One address that plays every service, and the keys that it knows.</summary>
internal sealed record AwsStandIn(Uri Endpoint, AwsKeys Keys);

/// <summary>One account, region and identity to work with. Opening asks nobody: the first call does.</summary>
internal sealed class AwsSession : IDisposable
{
    private readonly SocketsHttpHandler? _sockets;
    private readonly HttpMessageInvoker _http;

    // Another identity over the connections of the first session, which closes them.
    private AwsSession(AwsSession other, AwsCredentials credentials)
    {
        _http = other._http;
        Connection = other.Connection.As(credentials);
    }

    private AwsSession(AwsEndpoints endpoints, AwsCredentials credentials, TimeProvider time, AwsSessionSettings settings)
    {
        _sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            Proxy = new ProxyBesideLoopback(HttpClient.DefaultProxy),
        };
        _http = new HttpMessageInvoker(settings.Through(_sockets));
        Connection = new AwsConnection(endpoints, credentials, _http, time, settings.Limits) { Observe = settings.Observe };
    }

    public AwsConnection Connection { get; }

    public string Region => Connection.Endpoints.Region;

    public StsClient Sts => new(Connection);

    public CloudFormationClient CloudFormation => new(Connection);

    public EksClient Eks => new(Connection);

    public EcrClient Ecr => new(Connection);

    public LoadBalancingClient LoadBalancing => new(Connection);

    public AcmClient Acm => new(Connection);

    public TaggingClient Tagging => new(Connection);

    public Ec2Client Ec2 => new(Connection);

    public SecretsManagerClient SecretsManager => new(Connection);

    public SsmClient Ssm => new(Connection);

    public ServiceQuotasClient ServiceQuotas => new(Connection);

    public LogsClient Logs => new(Connection);

    public IamClient Iam => new(Connection);

    /// <param name="environment">The variables of the process.</param>
    /// <exception cref="DeployException">Something is missing or wrong that can be seen from here.</exception>
    public static AwsSession Open(AwsSessionSettings settings, IReadOnlyDictionary<string, string> environment, TimeProvider time)
    {
        if (settings.StandIn is { } standIn)
        {
            var standInRegion = settings.Region is { } said && AwsEndpoints.IsRegion(said) ? said : throw new DeployException(ProblemOf(settings.Region));
            return new AwsSession(AwsEndpoints.OfOne(standInRegion, standIn.Endpoint), AwsCredentials.Fixed("stand-in", standIn.Keys), time, settings);
        }

        var profiles = AwsProfiles.OfMachine(environment);
        var region = RegionOf(settings, environment, profiles);
        var choice = CredentialChain.Choose(settings.Profile, environment, profiles);
        var reading = AwsEndpoints.Read(region ?? "", environment, profiles, ProfileOf(settings, environment));
        var problems = new List<Problem>(reading.Problems);
        if (choice.Problem is { } problem)
        {
            problems.Insert(0, problem);
        }

        // A profile that does not exist has no region either: that goes without saying.
        if ((region is not null && !AwsEndpoints.IsRegion(region)) || (region is null && choice.Problem is null))
        {
            problems.Add(ProblemOf(region));
        }

        return problems.Count == 0 && choice.Credentials is { } credentials
            ? new AwsSession(reading.Endpoints, credentials, time, settings)
            : throw new DeployException(problems);
    }

    /// <summary>First found: what was said, <c>AWS_REGION</c>, <c>AWS_DEFAULT_REGION</c> (of AWS's command line), the profile's.</summary>
    public static string? RegionOf(AwsSessionSettings settings, IReadOnlyDictionary<string, string> environment, AwsProfiles profiles) =>
        new[]
        {
            settings.Region,
            environment.GetValueOrDefault("AWS_REGION"),
            environment.GetValueOrDefault("AWS_DEFAULT_REGION"),
            profiles.Setting(ProfileOf(settings, environment), "region"),
        }.FirstOrDefault(region => region is { Length: > 0 });

    /// <summary>Another identity in the same region. It ends with this session.</summary>
    public AwsSession As(AwsCredentials credentials) => new(this, credentials);

    /// <summary>For a cluster of this session's region.</summary>
    public async Task<EksToken> EksTokenAsync(string cluster, CancellationToken cancellationToken) =>
        EksToken.Of(cluster, Connection.Endpoints, await Connection.Credentials.AskAsync(cancellationToken), Connection.Clock.Now);

    public void Dispose()
    {
        if (_sockets is not null)
        {
            _http.Dispose();
            _sockets.Dispose();
        }
    }

    private static string ProfileOf(AwsSessionSettings settings, IReadOnlyDictionary<string, string> environment) =>
        settings.Profile ?? (environment.GetValueOrDefault("AWS_PROFILE") is { Length: > 0 } profile ? profile : CredentialChain.DefaultProfile);

    private static Problem ProblemOf(string? region) => region is null ? AwsProblems.NoRegion() : AwsProblems.InvalidRegion(region);

    // A stand-in for AWS on this machine is no proxy's business.
    private sealed class ProxyBesideLoopback(IWebProxy proxy) : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => proxy.Credentials;
            set => proxy.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => proxy.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || proxy.IsBypassed(host);
    }
}
