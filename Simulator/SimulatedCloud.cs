using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;
using Platform.Simulator.Registry;
using Platform.Simulator.Server;

namespace Platform.Simulator;

/// <summary>One account of AWS, played on a port of loopback.</summary>
public sealed class SimulatedCloud : IAsyncDisposable
{
    private readonly KestrelServer _server;
    private readonly VirtualClock _clock;
    private readonly KeyRing _keys;
    private string? _temporaryFolder;
    private AccountFile? _file;

    private SimulatedCloud(KestrelServer server, VirtualClock clock, KeyRing keys, SimulatedAccount account)
    {
        (_server, _clock, _keys, Account) = (server, clock, keys, account);
        Endpoint = new Uri(server.Features.Get<IServerAddressesFeature>()?.Addresses.First() + "/");
        account.Endpoint = Endpoint;
    }

    /// <summary>All services and the registry: <c>http://127.0.0.1:4600/</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>Of the account's administrator; the same in each run.</summary>
    public string AccessKeyId => _keys.Administrator.AccessKeyId;

    /// <summary>Of the account's administrator; no secret, for it opens nothing else.</summary>
    public string SecretAccessKey => _keys.Administrator.SecretAccessKey;

    /// <summary>12 digits.</summary>
    public string AccountId => Account.Id;

    /// <summary>The one region that there is.</summary>
    public string Region => Account.Region;

    /// <summary>The account's time: whoever waits by it waits as long as the account does.</summary>
    public TimeProvider Time => _clock;

    internal SimulatedAccount Account { get; }

    /// <summary>Starts it, and answers from then on.</summary>
    /// <exception cref="FormatException">The state folder holds something else than an account, or is used by another run.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SimulatedCloud> StartAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var file = options.StateFolder is { } folder ? AccountFile.Open(folder) : null;
        try
        {
            return await StartAsync(options, file, cancellationToken);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    private static async Task<SimulatedCloud> StartAsync(SimulatorOptions options, AccountFile? file, CancellationToken cancellationToken)
    {
        var saved = file?.Read();
        var now = saved?["now"]?.GetValue<DateTimeOffset>() ?? options.Start ?? TimeProvider.System.GetUtcNow();
#pragma warning disable CA2000 // Whoever gets the cloud ends both with it.
        var clock = new VirtualClock(options.Speed, now);
        var account = new SimulatedAccount(
            saved?["account"]?.GetValue<string>() ?? options.AccountId, saved?["region"]?.GetValue<string>() ?? options.Region, clock);
        foreach (var rule in options.Faults)
        {
            account.Faults.Add(rule);
        }

        var keys = new KeyRing(account.Id);
        account.Add(keys);
        var blobs = new BlobFolder(file?.RegistryFolder ?? Directory.CreateTempSubdirectory("simulator-").FullName);
        var services = ServiceCatalogue.Of(account, keys, blobs);
        if (saved is not null)
        {
            AccountFile.Fill(account, saved);
        }

        var log = new CallLog();
        var application = new Application(clock, new CallDispatch(account, keys, services, log, file), new RegistryEndpoints(account, blobs), new AdminEndpoints(account, log));
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var server = new KestrelServer(Options.Create(ServerOptions(options.Port)), transport, NullLoggerFactory.Instance);
#pragma warning restore CA2000
        try
        {
            await server.StartAsync(application, cancellationToken);
        }
        catch
        {
            server.Dispose();
            clock.Dispose();
            if (file is null && Directory.Exists(blobs.Root))
            {
                Directory.Delete(blobs.Root, recursive: true);
            }

            throw;
        }

        return new SimulatedCloud(server, clock, keys, account) { _file = file, _temporaryFolder = file is null ? blobs.Root : null };
    }

    /// <summary>Ends it at once, whoever still waits for an answer.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
        _clock.Dispose();
        _file?.Dispose();
        if (_temporaryFolder is { } folder && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Without a host: no configuration, no logging, nothing to look for at the start.
    private static KestrelServerOptions ServerOptions(int port)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        return options;
    }
}
