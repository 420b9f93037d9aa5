using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>Hands out the tokens of registries as GHCR's and Docker Hub's servers do: signed, for a scope, for a time.</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    public const string Service = "tests";
    public const string Issuer = "tests-issuer";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private readonly HttpListener _listener = new();
    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;
    private readonly Task _serving;

    public TokenServer()
    {
        var request = new CertificateRequest("CN=tests", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Realm = Listen();
        _serving = ServeAsync();
    }

    public Uri Realm { get; }

    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>How many of the next tokens are over when the registry sees them, which nobody tells the client.</summary>
    public int OverAtOnce { get; set; }

    /// <summary>One a request: the user, or '-' for none, and the scopes.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
        _certificate.Dispose();
        _key.Dispose();
    }

    private Uri Listen()
    {
        for (var attempt = 0; ; attempt++)
        {
            var port = FreePort.Take();
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                _listener.Start();
                return new Uri($"http://127.0.0.1:{port}/token");
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                // Somebody was faster.
            }
        }
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var scopes = context.Request.QueryString.GetValues("scope") ?? [];
        var basic = context.Request.Headers["Authorization"]?.Split(' ')[^1];
        var user = basic is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(basic)).Split(':', 2);
        Asked.Enqueue($"{user?[0] ?? "-"} {string.Join(' ', scopes)}");
        if (user is not null && user[1] != RegistryProcess.Password)
        {
            context.Response.StatusCode = 401;
            context.Response.Close(Encoding.UTF8.GetBytes("""{"details":"incorrect username or password"}"""), willBlock: false);
            return;
        }

        var body = new JsonObject { ["token"] = Token(user is null ? [] : scopes), ["expires_in"] = (int)Life.TotalSeconds };
        context.Response.ContentType = "application/json";
        context.Response.Close(Encoding.UTF8.GetBytes(body.ToJsonString()), willBlock: false);
    }

    private string Token(string[] scopes)
    {
        // The registry allows a minute of difference between clocks.
        var now = OverAtOnce-- > 0 ? DateTimeOffset.UtcNow - Life - Life : DateTimeOffset.UtcNow;
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = "RS256", ["x5c"] = new JsonArray(Convert.ToBase64String(_certificate.RawData)) };
        var access = scopes.Select(scope => scope.Split(':')).Select(scope => new JsonObject
        {
            ["type"] = scope[0],
            ["name"] = scope[1],
            ["actions"] = new JsonArray([.. scope[2].Split(',').Select(action => (JsonNode)action)]),
        });
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = RegistryProcess.User,
            ["aud"] = Service,
            ["exp"] = (now + Life).ToUnixTimeSeconds(),
            ["nbf"] = now.AddMinutes(-5).ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["access"] = new JsonArray([.. access]),
        };
        var signed = $"{Encoded(JsonSerializer.SerializeToUtf8Bytes(header))}.{Encoded(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Encoded(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Encoded(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
