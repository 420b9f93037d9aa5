using System.Reflection;
using System.Text;

namespace Platform.Hosting.Tests.Build;

/// <summary>
/// Platform.Hosting promises a subset of Aspire.Hosting's public API, so that an AppHost can move over by its project file alone. The assembly
/// AspireSurface declares Aspire's. What Platform.Hosting offers besides is a way in without a way out: the golden file lists it, for review.
/// </summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Little_is_public_that_Aspire_does_not_have()
    {
        var aspires = Describe(typeof(Aspire.Hosting.IDistributedApplicationBuilder).Assembly, "Aspire.Hosting").ToHashSet(StringComparer.Ordinal);

        var oursAlone = Describe(typeof(IProjectMetadata).Assembly, "Platform.Hosting").Where(line => !aspires.Contains(line));

        Golden.Matches(string.Concat(oursAlone.Order(StringComparer.Ordinal).Select(line => line + "\n")), "api-of-our-own.txt");
    }

    /// <summary>Without the namespaces: an AppHost has both by its project file.</summary>
    private static IEnumerable<string> Describe(Assembly assembly, string root) =>
        assembly.GetExportedTypes()
            .SelectMany(Describe)
            .Select(line => line.Replace($"{root}.ApplicationModel.", "", StringComparison.Ordinal).Replace($"{root}.", "", StringComparison.Ordinal))
            .Distinct();

    private static IEnumerable<string> Describe(Type type)
    {
        var isExtensions = type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Extensions", StringComparison.Ordinal);
        if (!isExtensions)
        {
            yield return Name(type);
        }

        foreach (var contract in type.GetInterfaces().Where(each => each.IsPublic && each.Name != "IEquatable`1"))
        {
            yield return $"{Name(type)} is {Name(contract)}";
        }

        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var member in type.GetMembers(Declared).Where(IsWritten).Select(Describe).OfType<string>())
        {
            // a call of an extension method does not name its class
            yield return isExtensions ? member : $"{Name(type)}: {member}";
        }
    }

    /// <summary>Not made by the compiler, as the members of records are.</summary>
    private static bool IsWritten(MemberInfo member) =>
        member.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null && member.Name is not "Deconstruct" and not "EqualityContract";

    private static string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } constructor when IsVisible(constructor) => $"new({Parameters(constructor)})",
        MethodInfo method when IsVisible(method) && !method.IsSpecialName && method.GetBaseDefinition() == method => Describe(method),
        PropertyInfo property when (property.GetMethod ?? property.SetMethod) is { } accessor && IsVisible(accessor) => Describe(property, accessor),
        FieldInfo { IsPublic: true, IsSpecialName: false } field => $"{Name(field.FieldType)} {field.Name}",
        _ => null,
    };

    private static string Describe(MethodInfo method)
    {
        var text = new StringBuilder(method.IsStatic ? "static " : "").Append(Name(method.ReturnType)).Append(' ').Append(method.Name);
        if (method.IsGenericMethod)
        {
            text.Append('<').AppendJoin(", ", method.GetGenericArguments().Select(WithConstraints)).Append('>');
        }

        return text.Append('(').Append(Parameters(method)).Append(')').ToString();
    }

    private static string Describe(PropertyInfo property, MethodInfo accessor)
    {
        var index = property.GetIndexParameters().Length == 0 ? "" : $"[{string.Join(", ", property.GetIndexParameters().Select(Describe))}]";
        var setter = property.SetMethod is { } set && IsVisible(set) ? IsInit(set) ? " init;" : " set;" : "";
        return $"{(accessor.IsStatic ? "static " : "")}{Name(property.PropertyType)} {property.Name}{index} {{ get;{setter} }}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Describe));

    private static string Describe(ParameterInfo parameter) =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "")}";

    private static string WithConstraints(Type argument) =>
        $"{argument.Name}{string.Concat(argument.GetGenericParameterConstraints().Select(Name).Order().Select(name => " : " + name))}";

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit");

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.IsByRef || type.IsArray)
        {
            return type.GetElementType() is { } element ? Name(element) + (type.IsArray ? "[]" : "&") : type.Name;
        }

        var name = type.Namespace?.Contains(".Hosting", StringComparison.Ordinal) == true ? $"{type.Namespace}.{Nested(type)}" : Nested(type);
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }

    private static string Nested(Type type) => type.DeclaringType is { } outer ? $"{outer.Name}.{type.Name}" : type.Name;
}
