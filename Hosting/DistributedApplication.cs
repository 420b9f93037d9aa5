using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Validation;

namespace Platform.Hosting;

/// <summary>The application, ready to run or to be written as a manifest.</summary>
public class DistributedApplication
{
    private DistributedApplication(IServiceProvider services) => Services = services;

    /// <summary>The services of the host.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Begins a model.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The builder.</returns>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    /// <summary>Begins a model.</summary>
    /// <param name="options">How the host is made.</param>
    /// <returns>The builder.</returns>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

    internal static DistributedApplication Create(DistributedApplicationBuilder builder)
    {
        var services = builder.Services.BuildServiceProvider();
        var model = new DistributedApplicationModel(builder.Resources);
        var problems = ModelValidator.Validate(model, builder.ExecutionContext.IsPublishMode, services);
        return problems.IsEmpty ? new DistributedApplication(services) : throw new DistributedApplicationException(problems);
    }
}
