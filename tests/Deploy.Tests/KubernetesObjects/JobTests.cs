using k8s.Models;
using Platform.Deploy.KubernetesObjects;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.KubernetesObjects;

public sealed class JobTests
{
    private const string Digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    [Fact]
    public void A_job_has_another_name_when_its_pod_differs()
    {
        var model = Of(Profile.Dev);
        DeploymentModel[] models =
        [
            model,
            Of(Profile.Production),
            model with { Settings = model.Settings with { Images = model.Settings.Images with { Mirror = true } } },
            model with { Workloads = [.. model.Workloads.Select(WithDigest)] },
        ];

        var names = models.Select(Name).ToList();

        Assert.Equal(models.Length, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^migration-[0-9a-f]{8}$", name));
        Assert.Equal(names, models.Select(Name));
    }

    // Its gate is an image of somebody else.
    private static DeploymentModel Of(Profile profile)
    {
        var sample = Sample.Model(profile);
        return sample with
        {
            Workloads = [Sample.Database(), Sample.Web() with { Resource = "migration", Name = "migration", Kind = WorkloadKind.Job, Gates = [new FlowModel("db", 5432, 5432, Udp: false)] }],
            Ingresses = [],
        };
    }

    private static Workload WithDigest(Workload workload) => workload.Image is WorkloadImage.Built built ? workload with { Image = built with { Digest = Digest } } : workload;

    private static string Name(DeploymentModel model) => ObjectRenderer.Render(model).Objects.Select(item => item.Body).OfType<V1Job>().Single().Metadata.Name;
}
