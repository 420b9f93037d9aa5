using System.Collections.Immutable;
using System.Globalization;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Manifests;

/// <summary>Arguments, variables and bindings of all that is started.</summary>
/// <param name="executionContext">Publish mode.</param>
/// <param name="callbacks">Runs the author's code.</param>
/// <param name="texts">Turns values into texts.</param>
/// <param name="ports">Gives out ports.</param>
internal sealed class ManifestWorkloads(
    DistributedApplicationExecutionContext executionContext, ManifestCallbacks callbacks, ManifestTexts texts, ManifestPorts ports)
{
    /// <summary>The workload of a resource.</summary>
    public async Task<ManifestWorkload> BindAsync(IResource resource, CancellationToken cancellationToken) => new(
        await ArgumentsOfAsync(resource, cancellationToken),
        await EnvironmentOfAsync(resource, cancellationToken),
        ports.BindingsOf(resource));

    private async Task<ImmutableArray<string>> ArgumentsOfAsync(IResource resource, CancellationToken cancellationToken)
    {
        var arguments = new List<object>();
        var context = new CommandLineArgsCallbackContext(arguments, resource, cancellationToken) { ExecutionContext = executionContext };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
        {
            _ = await callbacks.RunAsync(resource, "args", () => annotation.Callback(context), cancellationToken);
        }

        return [.. arguments.Select((argument, i) => texts.Of(resource, string.Create(CultureInfo.InvariantCulture, $"args[{i}]"), argument))];
    }

    private async Task<ImmutableArray<KeyValuePair<string, string>>> EnvironmentOfAsync(IResource resource, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, object>();
        if (resource is ProjectResource project)
        {
            ProjectEnvironment.AddForPublish(project, variables);
        }

        if (resource is IResourceWithEndpoints listener)
        {
            foreach (var endpoint in listener.GetEndpoints())
            {
                if (endpoint.EndpointAnnotation.PortVariable is { } variable)
                {
                    variables[variable] = endpoint.Property(EndpointProperty.TargetPort);
                }
            }
        }

        var context = new EnvironmentCallbackContext(executionContext, resource, variables, cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            _ = await callbacks.RunAsync(resource, "env", () => annotation.Callback(context), cancellationToken);
        }

        return [.. variables.Select(variable => KeyValuePair.Create(variable.Key, texts.Of(resource, $"env.{variable.Key}", variable.Value)))];
    }
}
