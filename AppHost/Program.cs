var builder = DistributedApplication.CreateBuilder(args);

var webapp = builder.AddProject<Projects.WebApp>("webapp")
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithHttpProbe(ProbeType.Readiness, "/health")
    .WithHttpProbe(ProbeType.Liveness, "/alive");

if (builder.ExecutionContext.IsPublishMode)
{
    webapp.WithReplicas(2);
}

builder.Build().Run();
