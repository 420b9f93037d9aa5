// An AppHost for the tests of the process: --Sample NAME chooses the model.
using System.Globalization;

var builder = DistributedApplication.CreateBuilder(args);
switch (builder.Configuration["Sample"])
{
    case "service":
        builder.AddProject<Projects.Service>("service", launchProfileName: null).WithHttpEndpoint().WithHttpHealthCheck("/health");
        break;
    case "fixed-port":
        var port = int.Parse(builder.Configuration["Port"] ?? "", CultureInfo.InvariantCulture);
        builder.AddProject<Projects.Service>("service", launchProfileName: null).WithHttpEndpoint(port: port).WithHttpHealthCheck("/health");
        break;
    case "sick":
        builder.AddProject<Projects.Service>("service", launchProfileName: null).WithHttpEndpoint().WithEnvironment("SICK", "yes").WithHttpHealthCheck("/health");
        break;
    case "containers":
        builder.AddContainer("database", "platform-test/busybox", "1");
        builder.AddProject<Projects.Service>("service", launchProfileName: null).WithHttpEndpoint().WithHttpHealthCheck("/health");
        break;
    case "stubborn":
        builder.AddExecutable("stubborn", "sh", ".", "-c", "trap '' TERM INT; echo stubborn; while :; do sleep 1; done");
        break;
    case "crash":
        builder.AddExecutable("crash", "sh", ".", "-c", "sleep 0.5; echo no such table >&2; exit 3");
        break;
    case "broken-model":
        var web = builder.AddExecutable("web", "sh", ".").WithHttpEndpoint(name: "http");
        builder.AddExecutable("Web", "sh", ".").WithEnvironment("OTHER", web.GetEndpoint("htpp"));
        builder.AddExecutable("a--b", "sh", ".");
        break;
    case "parameters":
        builder.AddParameter("first");
        builder.AddParameter("second", secret: true);
        builder.AddConnectionString("database");
        break;
    case "generated":
        var password = builder.AddParameter("password", new GenerateParameterDefault { MinLength = 12 }, secret: true, persist: true);
        var fromFile = builder.AddParameter("from-secrets");
        builder.AddExecutable("shows", "sh", ".", "-c", "echo \"$PASSWORD $OTHER\" > \"$TMPDIR/shown\"; exec sleep 1000")
            .WithEnvironment("PASSWORD", password).WithEnvironment("OTHER", fromFile);
        break;
    case "no-compile":
        builder.AddProject("broken", builder.Configuration["Project"] ?? "");
        break;
    case "throws":
        throw new InvalidOperationException("This is a bug of the AppHost.");
    default:
        break;
}

builder.Build().Run();
