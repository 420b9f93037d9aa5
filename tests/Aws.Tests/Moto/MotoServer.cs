using System.Diagnostics;
using System.Globalization;
using Platform.Deploy.Model;

namespace Platform.Deploy.Aws.Tests;

/// <summary>
/// moto on loopback, which verifies every signature with botocore's own code and every action with IAM policies. Started by the first test that
/// asks for it; ended with the last. Tests share its account and use names of their own.
/// </summary>
public sealed class MotoServer : IAsyncLifetime
{
    public const string Name = "moto";
    public const string Account = "123456789012";
    public const string Region = "eu-central-1";
    private static readonly AwsKeys Anything = new("AKIAANYTHING", new SecretText("anything"), SessionToken: null);
    private readonly SemaphoreSlim _once = new(1);
    private Process? _process;
    private AwsKeys? _administrator;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    internal string Address { get; private set; } = "";

    /// <summary>Somebody who may do everything.</summary>
    internal async Task<AwsSession> AdministratorAsync()
    {
        Need.Moto();
        await _once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _administrator ??= await StartAsync();
        }
        finally
        {
            _once.Release();
        }

        return Session(_administrator);
    }

    internal AwsSession Session(AwsKeys keys) =>
        AwsSession.Open(
            new AwsSessionSettings { Region = Region },
            new Dictionary<string, string>
            {
                ["AWS_ACCESS_KEY_ID"] = keys.AccessKeyId,
                ["AWS_SECRET_ACCESS_KEY"] = keys.SecretAccessKey.Reveal(),
                ["AWS_SESSION_TOKEN"] = keys.SessionToken?.Reveal() ?? "",
                ["AWS_ENDPOINT_URL"] = Address,
                ["AWS_CONFIG_FILE"] = Path.Combine(AppContext.BaseDirectory, "none"),
                ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(AppContext.BaseDirectory, "none"),
            },
            TimeProvider.System);

    /// <summary>
    /// moto 5.1.1 takes the parameters in the path of a GET for its body, and so refuses the signatures of EKS: botocore's own, too. The service is
    /// tested without verification; the signature of a GET by <see cref="SigV4Tests"/>.
    /// </summary>
    internal async Task WithoutVerificationAsync(Func<Task> callsAsync)
    {
        using var http = new HttpClient();
        await SetFreeCallsAsync("1000000");
        await callsAsync();
        await SetFreeCallsAsync("0");

        async Task SetFreeCallsAsync(string count)
        {
            using var text = new StringContent(count);
            (await http.PostAsync(new Uri($"{Address}/moto-api/reset-auth"), text, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        }
    }

    /// <summary>A user with this policy, made with the keys of the session.</summary>
    internal static async Task<AwsKeys> UserAsync(AwsSession session, string name, string policy)
    {
        var iam = new QueryProtocol(session.Connection, AwsApi.Iam);
        var cancellationToken = TestContext.Current.CancellationToken;
        await iam.CallAsync("CreateUser", QueryForm.Query().Text("UserName", name), cancellationToken);
        await iam.CallAsync("PutUserPolicy", QueryForm.Query().Text("UserName", name).Text("PolicyName", "all").Text("PolicyDocument", policy), cancellationToken);
        var key = (await iam.CallAsync("CreateAccessKey", QueryForm.Query().Text("UserName", name), cancellationToken)).Child("AccessKey")!;
        return new AwsKeys(key.Always("AccessKeyId"), new SecretText(key.Always("SecretAccessKey")), SessionToken: null);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _once.Dispose();
    }

    private async Task<AwsKeys> StartAsync()
    {
        var port = LoopbackServer.FreePort().ToString(CultureInfo.InvariantCulture);
        Address = $"http://127.0.0.1:{port}";
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "tools", "moto.sh"), ["run", port]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // The first three calls may be made by anybody: they make the administrator.
        start.Environment["INITIAL_NO_AUTH_ACTION_COUNT"] = "3";
        start.Environment["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        using var http = new HttpClient();
        await Eventually.TrueAsync(
            async cancellationToken => (await http.GetAsync(new Uri($"{Address}/moto-api/"), cancellationToken)).IsSuccessStatusCode,
            TimeSpan.FromSeconds(60),
            "moto to answer");
        using var anybody = Session(Anything);
        return await UserAsync(anybody, "administrator", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""");
    }
}

[CollectionDefinition(MotoServer.Name)]
public sealed class MotoGroup : ICollectionFixture<MotoServer>;
