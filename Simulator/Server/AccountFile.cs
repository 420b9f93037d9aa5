using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Server;

/// <summary>
/// An account in its state folder: one file, replaced as a whole, some moments after a change. Whoever kills the process loses these moments and has the
/// account as it was then.
/// </summary>
internal sealed class AccountFile : IDisposable
{
    private const int Version = 1;

    // A command's calls come in bursts, and to write all is the work of several of them.
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    private readonly string _folder;
    private readonly Lock _writing = new();
    private readonly Timer _timer;
    private SimulatedAccount? _changed;
    private Exception? _failure;

    // Held until the end of the process, also a violent one.
    private readonly FileStream _lock;

    private AccountFile(string folder, FileStream held)
    {
        (_folder, _lock) = (folder, held);
        _timer = new Timer(_ => WriteBehind(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private string FilePath => Path.Combine(_folder, "account.json");

    /// <summary>Where the contents of the registry are.</summary>
    public string RegistryFolder => Path.Combine(_folder, "registry");

    /// <summary>Takes the folder for this process; makes it where there is none.</summary>
    /// <exception cref="FormatException">Another process has it.</exception>
    public static AccountFile Open(string folder)
    {
        var made = Directory.CreateDirectory(folder).FullName;
        try
        {
#pragma warning disable CA2000 // The file owns it.
            return new AccountFile(made, new FileStream(Path.Combine(made, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
#pragma warning restore CA2000
        }
        catch (IOException taken)
        {
            throw new FormatException(
                $"SIM004: {made} is used by another run. Wait for its end; to work with one account from several commands at once, start the simulator by itself and set the variables that it prints.", taken);
        }
    }

    /// <summary>Null where there is none yet.</summary>
    /// <exception cref="FormatException">It was written by another version, or by something else.</exception>
    public JsonObject? Read()
    {
        if (!File.Exists(FilePath))
        {
            return null;
        }

        try
        {
            using var stream = File.OpenRead(FilePath);
            return JsonNode.Parse(stream) is JsonObject saved && saved["version"]?.GetValue<int>() == Version
                ? saved
                : throw new FormatException($"SIM002: {FilePath} is of another version of the simulator. Delete the folder, or name another one.");
        }
        catch (JsonException broken)
        {
            throw new FormatException($"SIM002: {FilePath} cannot be read: {broken.Message} Delete the folder, or name another one.", broken);
        }
    }

    /// <summary>Has it written before long.</summary>
    /// <exception cref="IOException">It could not be written the last time.</exception>
    public void Changed(SimulatedAccount account)
    {
        if (_failure is { } failure)
        {
            throw new IOException($"{FilePath} cannot be written: {failure.Message}", failure);
        }

        if (Interlocked.Exchange(ref _changed, account) is null)
        {
            _timer.Change(Delay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Writes what is not written yet.</summary>
    public void Flush()
    {
        lock (_writing)
        {
            if (Interlocked.Exchange(ref _changed, null) is { } account)
            {
                Write(Content(account));
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Flush();
        _lock.Dispose();
    }

    private void WriteBehind()
    {
        try
        {
            Flush();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Whoever calls next is told.
            _failure = failure;
        }
    }

    private void Write(JsonObject content)
    {
        // Beside it, so that the replacement is atomic: whoever dies in the middle leaves the one before.
        var beside = $"{FilePath}.{Environment.ProcessId}.new";
        using (var stream = File.Create(beside))
        using (var writer = new Utf8JsonWriter(stream))
        {
            content.WriteTo(writer);
        }

        File.Move(beside, FilePath, overwrite: true);
    }

    private static JsonObject Content(SimulatedAccount account)
    {
        using var entered = account.Enter();
        var saved = new JsonObject
        {
            ["version"] = Version,
            ["account"] = account.Id,
            ["region"] = account.Region,
            ["now"] = account.Now,
            ["identifiers"] = account.Ids.Save(),
            ["resources"] = new JsonArray([.. account.Resources.All().Select(ResourceJson.Write)]),
        };
        foreach (var part in account.Kept)
        {
            saved[part.Name] = part.Save();
        }

        return saved;
    }

    public static void Fill(SimulatedAccount account, JsonObject saved)
    {
        account.Ids.Load(saved["identifiers"] as JsonObject ?? []);
        foreach (var resource in (saved["resources"] as JsonArray ?? []).OfType<JsonObject>())
        {
            account.Resources.Put(ResourceJson.Read(resource));
        }

        foreach (var part in account.Kept)
        {
            if (saved[part.Name] is { } kept)
            {
                part.Load(kept);
            }
        }
    }
}

/// <summary>Resources as the state folder and the inventory show them.</summary>
internal static class ResourceJson
{
    public static JsonObject Write(CloudResource resource) => new()
    {
        ["type"] = resource.Type,
        ["id"] = resource.Id,
        ["arn"] = resource.Arn,
        ["state"] = resource.State,
        ["createdAt"] = resource.CreatedAt,
        ["stackId"] = resource.StackId,
        ["logicalId"] = resource.LogicalId,
        ["tags"] = new JsonObject(resource.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)JsonValue.Create(tag.Value)))),
        ["properties"] = resource.Properties.DeepClone(),
        ["attributes"] = resource.Attributes.DeepClone(),
    };

    public static CloudResource Read(JsonObject saved) => new()
    {
        Type = Text(saved, "type") ?? "",
        Id = Text(saved, "id") ?? "",
        Arn = Text(saved, "arn"),
        State = Text(saved, "state") ?? "",
        CreatedAt = saved["createdAt"]?.GetValue<DateTimeOffset>() ?? default,
        StackId = Text(saved, "stackId"),
        LogicalId = Text(saved, "logicalId"),
        Tags = CloudResource.EmptyTags.AddRange(Object(saved, "tags").Select(tag => KeyValuePair.Create(tag.Key, tag.Value?.ToString() ?? ""))),
        Properties = Object(saved, "properties"),
        Attributes = Object(saved, "attributes"),
    };

    private static string? Text(JsonObject saved, string name) => saved[name]?.GetValue<string>();

    private static JsonObject Object(JsonObject saved, string name) => saved[name]?.DeepClone() as JsonObject ?? [];
}
