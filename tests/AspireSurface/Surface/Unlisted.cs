#nullable enable
// Types that occur in listed signatures but whose own members nobody needs.
namespace Aspire.Hosting
{
    [Experimental("ASPIREFILESYSTEM001")] public interface IFileSystemService;

    [Experimental("ASPIREINTERACTION001")] public class InteractionOptions;

    [Experimental("ASPIREINTERACTION001")] public class MessageBoxInteractionOptions : InteractionOptions;

    [Experimental("ASPIREINTERACTION001")] public class NotificationInteractionOptions : InteractionOptions;

    [Experimental("ASPIREINTERACTION001")] public class InputsDialogInteractionOptions : InteractionOptions;

    [Experimental("ASPIREINTERACTION001")] public sealed class InputsDialogValidationContext;

    [Experimental("ASPIREINTERACTION001")] public sealed class InputLoadOptions;

    [Experimental("ASPIREINTERACTION001")] public class InteractionResult<T>;
}

namespace Aspire.Hosting.Pipelines
{
    [Experimental("ASPIREPIPELINES001")] public interface IDistributedApplicationPipeline;
}

namespace Aspire.Hosting.ApplicationModel
{
    public abstract class ContainerFileSystemItem;

    public sealed class DockerfileFactoryContext;

    public sealed class HttpCommandRequestContext;

    public sealed class HttpCommandResultContext;

    public enum HttpCommandResultMode { None = 0, Auto = 1, Json = 2, Text = 3 }

    public class NetworkEndpointSnapshotList;
}
