namespace Platform.Simulator.Registry;

/// <summary>One request of the registry protocol.</summary>
/// <param name="Operation">What faults and the log of calls name: <c>PutManifest</c>.</param>
/// <param name="Repository">Its name; empty for <c>Ping</c>.</param>
/// <param name="Reference">Digest, tag or id of an upload; empty where there is none.</param>
internal sealed record RegistryCall(string Operation, string Repository, string Reference)
{
    /// <summary>Whether it can change something.</summary>
    public bool IsWriting => Operation is "StartUpload" or "UploadChunk" or "FinishUpload" or "CancelUpload" or "PutManifest";

    /// <param name="path">From <c>/v2</c> on, unescaped.</param>
    public static RegistryCall Read(string method, string path)
    {
        var parts = path.Trim('/').Split('/');
        return (method, parts) switch
        {
            ("GET" or "HEAD", ["v2"]) => new("Ping", "", ""),
            ("GET", ["v2", .. var name, "tags", "list"]) => Of("ListTags", name, ""),
            ("GET", ["v2", .. var name, "referrers", var digest]) => Of("ListReferrers", name, digest),
            ("HEAD", ["v2", .. var name, "manifests", var reference]) => Of("HeadManifest", name, reference),
            ("GET", ["v2", .. var name, "manifests", var reference]) => Of("GetManifest", name, reference),
            ("PUT", ["v2", .. var name, "manifests", var reference]) => Of("PutManifest", name, reference),
            ("POST", ["v2", .. var name, "blobs", "uploads"]) => Of("StartUpload", name, ""),
            ("PATCH", ["v2", .. var name, "blobs", "uploads", var upload]) => Of("UploadChunk", name, upload),
            ("PUT", ["v2", .. var name, "blobs", "uploads", var upload]) => Of("FinishUpload", name, upload),
            ("GET", ["v2", .. var name, "blobs", "uploads", var upload]) => Of("GetUpload", name, upload),
            ("DELETE", ["v2", .. var name, "blobs", "uploads", var upload]) => Of("CancelUpload", name, upload),
            ("HEAD", ["v2", .. var name, "blobs", var digest]) => Of("HeadBlob", name, digest),
            ("GET", ["v2", .. var name, "blobs", var digest]) => Of("GetBlob", name, digest),
            _ => new("Unsupported", "", ""),
        };
    }

    private static RegistryCall Of(string operation, string[] name, string reference) => new(operation, string.Join('/', name), reference);
}
