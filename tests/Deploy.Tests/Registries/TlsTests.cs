using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Tests.Registries;

public sealed class TlsTests
{
    [Fact]
    public async Task A_certificate_that_nobody_has_issued_is_a_problem_of_its_own()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
#pragma warning disable CA2025 // It is awaited below.
        var serving = RefusedAsync(listener, cancellationToken);
#pragma warning restore CA2025
        var address = $"localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var policy = RegistryPolicy.Default with { Endpoints = new Dictionary<string, Uri> { ["registry.example"] = new($"https://{address}") } };
        using var sockets = new SocketsHttpHandler();
        using var client = new RegistryClient(sockets, (_, _) => Task.FromResult<RegistryCredential?>(null), policy, new Progress<RegistryEvent>());

        var problem = await RegistrySession.ProblemAsync(() => client.FindDigestAsync(new RepositoryAddress("registry.example", "team/app"), "1.0", cancellationToken));

        Assert.Equal(("DEP228", $"No secure connection to {address} can be made.", 4), (problem.Code, problem.Summary, problem.ExitCode));
        Assert.True(await serving);
    }

    private static async Task<bool> RefusedAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var connection = await listener.AcceptTcpClientAsync(cancellationToken);
        await using var secure = new SslStream(connection.GetStream());
        try
        {
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellationToken);
            return await secure.ReadAsync(new byte[1], cancellationToken) == 0;
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            return true;
        }
    }
}
