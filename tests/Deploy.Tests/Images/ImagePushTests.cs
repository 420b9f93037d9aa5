using System.Net;
using Platform.Deploy.Images;
using Platform.Deploy.Oci;
using Platform.Deploy.Registries;
using Platform.Deploy.Tests.Registries;

namespace Platform.Deploy.Tests.Images;

public sealed class ImagePushTests
{
    private static readonly byte[] Content = RegistrySession.Content(10_000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_registry_lacks_is_sent_and_the_tag_is_put_last_and_asked_for()
    {
        using var bed = new ImageTestbed(new FakeRegistry());
        var image = bed.Image(bed.Layer("application", Content));

        var pushed = await bed.PushAsync(image);

        Assert.Equal(new PushedImage("web", bed.Repository, "1.4.0-aaaaaaaaaaaa", image.Digest), pushed);
        Assert.Equal($"registry.example/shop/web@{image.Digest}", pushed.Reference);
        var log = bed.Session.Registry.Log;
        Assert.Equal(
            ["HEAD /v2/shop/web/manifests/1.4.0-aaaaaaaaaaaa 404", $"HEAD /v2/shop/web/blobs/{Digest.Of(Content)} 404", "POST /v2/shop/web/blobs/uploads/ 202"],
            log.Take(3));
        Assert.Equal(["PUT /v2/shop/web/manifests/1.4.0-aaaaaaaaaaaa 201", "HEAD /v2/shop/web/manifests/1.4.0-aaaaaaaaaaaa 200"], log.TakeLast(2));
    }

    [Fact]
    public async Task An_image_that_its_tag_names_is_one_question()
    {
        using var bed = new ImageTestbed(new FakeRegistry());
        var image = bed.Image(bed.Layer("application", Content));
        await bed.PushAsync(image);
        var before = bed.Session.Registry.Log.Count;

        var pushed = await bed.PushAsync(image);

        Assert.Equal(image.Digest, pushed.Digest);
        Assert.Equal(["HEAD /v2/shop/web/manifests/1.4.0-aaaaaaaaaaaa 200"], bed.Session.Registry.Log.Skip(before));
    }

    [Fact]
    public async Task A_layer_that_the_registry_has_is_not_sent()
    {
        using var bed = new ImageTestbed(new FakeRegistry());
        bed.Session.Registry.Put("shop/web", Content);

        await bed.PushAsync(bed.Image(bed.Layer("application", Content)));

        Assert.DoesNotContain(bed.Session.Events.OfType<RegistryEvent.Sent>(), sent => sent.Blob == Digest.Of(Content));
    }

    [Fact]
    public async Task Four_layers_go_at_once_and_no_more()
    {
        using var bed = new ImageTestbed(new FakeRegistry { Together = 4 });
        var layers = Enumerable.Range(0, 8).Select(i => (ImageLayer)bed.Layer($"layer-{i}", RegistrySession.Content(1_000 + i)));

        await bed.PushAsync(bed.Image([.. layers]) with { Tag = "1.0" });

        Assert.Equal(4, bed.Session.Registry.MostAtOnce);
    }

    [Fact]
    public async Task A_layer_that_was_changed_on_this_disk_is_not_sent_and_packed_anew_next_time()
    {
        using var bed = new ImageTestbed(new FakeRegistry());
        var layer = bed.Layer("application", Content);
        await File.WriteAllBytesAsync(layer.File, RegistrySession.Content(10_001)[1..], Token);

        var problem = await RegistrySession.ProblemAsync(() => bed.PushAsync(bed.Image(layer)));

        Assert.Equal(
            ("DEP245", "A layer that was packed on this machine is not what it was: something has changed its file.", "Run the command again, which packs it anew.", 4),
            (problem.Code, problem.Summary, problem.Fix, problem.ExitCode));
        Assert.False(File.Exists(layer.File));
        Assert.DoesNotContain(bed.Session.Registry.Log, line => line.StartsWith("PATCH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tag_that_names_another_image_gets_the_content_behind_it()
    {
        using var bed = new ImageTestbed(new FakeRegistry { HasImmutableTags = true });
        await bed.PushAsync(bed.Image(bed.Layer("application", [1, 1])));
        var other = bed.Image(bed.Layer("application", [2, 2]));

        var pushed = await bed.PushAsync(other);

        Assert.Equal($"1.4.0-aaaaaaaaaaaa-{other.Digest.Short}", pushed.Tag);
    }

    [Fact]
    public async Task A_registry_that_names_another_digest_afterwards_is_a_problem()
    {
        var other = Digest.Of([9]);
        using var bed = new ImageTestbed(new FakeRegistry());
        bed.Session.Registry.Answers("HEAD /v2/shop/web/manifests/1.4.0", HttpStatusCode.NotFound, "").Answers("HEAD /v2/shop/web/manifests/1.4.0", HttpStatusCode.OK, "", ("Docker-Content-Digest", other.ToString()));
        var image = bed.Image(bed.Layer("application", Content));

        var problem = await RegistrySession.ProblemAsync(() => bed.PushAsync(image));

        Assert.Equal(("DEP230", $"registry.example/shop/web gives other content for {image.Digest.Short} than its digest says: it hashes to {other.Short}."), (problem.Code, problem.Summary));
    }

    [Fact]
    public async Task A_layer_of_a_base_in_the_same_registry_is_mounted()
    {
        using var bed = new ImageTestbed(new FakeRegistry());
        bed.Session.Registry.Put("dotnet/aspnet", Content);

        await bed.PushAsync(bed.Image(new ImageLayer.OfBase(RegistrySession.Layer(Content), new RepositoryAddress("registry.example", "dotnet/aspnet"))));

        Assert.Contains(new RegistryEvent.Mounted(bed.Repository, Digest.Of(Content)), bed.Session.Events);
        Assert.DoesNotContain(bed.Session.Events, happened => happened is RegistryEvent.Received);
    }

    [Fact]
    public async Task A_layer_of_a_base_elsewhere_is_brought_along()
    {
        using var bed = new ImageTestbed(new FakeRegistry());
        bed.Session.Registry.Put("dotnet/aspnet", Content);

        await bed.PushAsync(bed.Image(new ImageLayer.OfBase(RegistrySession.Layer(Content), new RepositoryAddress("elsewhere.example", "dotnet/aspnet"))));

        Assert.Equal(Content, bed.Session.Registry.Blob("shop/web", Digest.Of(Content)));
    }

    [Fact]
    public async Task A_layer_of_a_base_that_is_not_what_its_digest_says_is_a_problem()
    {
        using var bed = new ImageTestbed(new FakeRegistry());
        bed.Session.Registry.Put("dotnet/aspnet", Content);
        bed.Session.Registry.Does("GET", (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(RegistrySession.Content(10_001)[1..]) }));

        var problem = await RegistrySession.ProblemAsync(() =>
            bed.PushAsync(bed.Image(new ImageLayer.OfBase(RegistrySession.Layer(Content), new RepositoryAddress("elsewhere.example", "dotnet/aspnet")))));

        Assert.Equal("DEP230", problem.Code);
        Assert.StartsWith($"elsewhere.example/dotnet/aspnet gives other content for {Digest.Of(Content).Short}", problem.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_without_room_for_a_base_is_a_problem()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only on Linux, which has /dev/full.");
        using var bed = new ImageTestbed(new FakeRegistry());
        bed.Session.Registry.Put("dotnet/aspnet", Content);
        var bases = Directory.CreateDirectory(bed.Folder.File("artifacts/images/bases")).FullName;
        File.CreateSymbolicLink(Path.Combine(bases, $"{Digest.Of(Content).Hex}.{Environment.ProcessId}.part"), "/dev/full");

        var problem = await RegistrySession.ProblemAsync(() =>
            bed.PushAsync(bed.Image(new ImageLayer.OfBase(RegistrySession.Layer(Content), new RepositoryAddress("elsewhere.example", "dotnet/aspnet")))));

        Assert.Equal(("DEP206", "There is no room left on the disk.", $"Make room; '{bases}' can be deleted at any time.", 4), (problem.Code, problem.Summary, problem.Fix, problem.ExitCode));
    }
}
