using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Model;

public sealed class GenerateParameterDefaultTests
{
    private const string Special = "-_.{}~()*+!";

    [Theory]
    [InlineData(0, 22)]
    [InlineData(1, 1)]
    [InlineData(64, 64)]
    public void The_length_is_22_or_what_is_wanted(int minLength, int expected)
    {
        var generated = Many(new GenerateParameterDefault { MinLength = minLength });

        Assert.All(generated, value => Assert.Equal(expected, value.Length));
    }

    [Fact]
    public void Every_kind_occurs_as_often_as_is_wanted()
    {
        var generated = Many(new GenerateParameterDefault { MinLength = 12, MinLower = 2, MinUpper = 3, MinNumeric = 4, MinSpecial = 1 });

        Assert.All(generated, value =>
        {
            Assert.InRange(value.Count(char.IsAsciiLetterLower), 2, 12);
            Assert.InRange(value.Count(char.IsAsciiLetterUpper), 3, 12);
            Assert.InRange(value.Count(char.IsAsciiDigit), 4, 12);
            Assert.InRange(value.Count(character => Special.Contains(character, StringComparison.Ordinal)), 1, 12);
        });
    }

    [Fact]
    public void More_of_each_kind_than_the_length_makes_it_longer()
    {
        var generated = Many(new GenerateParameterDefault { MinLength = 2, MinLower = 2, MinUpper = 2 });

        Assert.All(generated, value => Assert.Equal(4, value.Length));
    }

    [Fact]
    public void A_kind_that_is_not_wanted_does_not_occur()
    {
        var generated = Many(new GenerateParameterDefault { Special = false, Upper = false });

        Assert.All(generated, value => Assert.All(value, character => Assert.True(char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character))));
    }

    [Fact]
    public void Characters_that_look_alike_or_need_escapes_do_not_occur()
    {
        var characters = Many(new GenerateParameterDefault()).SelectMany(value => value).Distinct();

        Assert.DoesNotContain(characters, character => "IlOo01".Contains(character, StringComparison.Ordinal));
        Assert.All(characters, character => Assert.True(char.IsAsciiLetterOrDigit(character) || Special.Contains(character, StringComparison.Ordinal)));
    }

    [Fact]
    public void No_two_values_are_the_same()
    {
        var generated = Many(new GenerateParameterDefault());

        Assert.Distinct(generated);
    }

    [Fact]
    public void What_has_to_occur_does_not_always_stand_first()
    {
        var generated = Many(new GenerateParameterDefault { MinLength = 10, MinSpecial = 1, Special = true });

        Assert.True(generated.Select(value => value.IndexOfAny([.. Special])).Distinct().Count() > 3);
    }

    private static List<string> Many(GenerateParameterDefault generator) => [.. Enumerable.Range(0, 300).Select(_ => generator.GetDefaultValue())];
}
