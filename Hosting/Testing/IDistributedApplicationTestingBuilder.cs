namespace Platform.Hosting.Testing;

/// <summary>The model of an AppHost, held before <c>Build()</c> so that a test can change it.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Lets the AppHost build its application.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The application, not started.</returns>
    /// <exception cref="DistributedApplicationException">The model has problems; all of them are in the message.</exception>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
