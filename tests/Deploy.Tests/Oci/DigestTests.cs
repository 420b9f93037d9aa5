using System.Text.Json;
using Platform.Deploy.Oci;

namespace Platform.Deploy.Tests.Oci;

public sealed class DigestTests
{
    // Of nothing at all, as every table of test vectors has it.
    private const string Empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void A_digest_is_the_hash_of_the_content()
    {
        var digest = Digest.Of([]);

        Assert.Equal((Empty, Empty[7..], "e3b0c44298fc"), (digest.ToString(), digest.Hex, digest.Short));
    }

    [Fact]
    public void Equal_digests_are_equal()
    {
        Assert.True(Digest.TryParse(Empty, out var parsed));

        Assert.Equal(Digest.Of([]), parsed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("sha256:g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha512:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void What_is_no_digest_is_not_taken_for_one(string? text)
    {
        var isDigest = Digest.TryParse(text, out var digest);

        Assert.False(isDigest);
        Assert.Null(digest);
    }

    [Fact]
    public void JSON_with_something_else_in_the_place_of_a_digest_is_not_read() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"schemaVersion":2,"manifests":[{"mediaType":"x","digest":"sha256:12","size":1}]}""", OciJson.Index));
}
