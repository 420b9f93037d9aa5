using Platform.Deploy.KubernetesObjects;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.KubernetesObjects;

public sealed class ObjectProblemsTests
{
    [Fact]
    public void All_problems_are_found_at_once()
    {
        var dns = new PortModel("dns", 53, 53, Udp: true, PortApplication.Tcp) { Bindings = ["dns"] };
        var web = Sample.Web() with
        {
            Resource = "Web",
            Environment = Sample.Web().Environment.Add("A=B", Value.Of("")).Add("Text", Value.Of(new string('x', 1_100_000))),
        };
        var model = Sample.Model(Profile.Dev) with
        {
            Workloads =
            [
                Sample.Database(),
                web,
                Sample.Web() with { Resource = "db--headless", Name = "db--headless" },
                Sample.Web() with { Resource = "names", Name = "names", Ports = [dns], ExternalPorts = [dns], Readiness = null },
            ],
            Ingresses =
            [
                new IngressModel("web", [new IngressRule(null, "/", "web", new PortModel("grpc", 8081, 8081, Udp: false, PortApplication.Http2) { Bindings = ["rpc"] })
                {
                    StickySessions = false,
                    IdleTimeoutSeconds = 60,
                    HealthCheckPath = "/",
                    HealthCheckPort = 8081,
                }])
                {
                    Tls = false,
                    Certificate = null,
                },
            ],
        };

        var problems = ObjectRenderer.Render(model).Problems;

        Golden.Matches(string.Concat(problems.Select(problem => $"{problem.Code} {problem.Subject}\n  {problem.Summary}\n  {problem.Fix}\n")), "Kubernetes/problems.txt");
        Assert.All(problems, problem => Assert.Equal(ExitCode.Input, problem.ExitCode));
    }

    [Fact]
    public void No_object_is_a_secret()
    {
        var objects = Variants.All.Values.Concat(Binding.ScenarioTests.Valid()).SelectMany(model => ObjectRenderer.Render(model).Objects);

        Assert.DoesNotContain(objects, item => item.Kind == "Secret");
    }
}
