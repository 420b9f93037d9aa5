using System.Text;
using Platform.Deploy.Model;

namespace Platform.Deploy.Registries;

/// <summary>Who asks a registry.</summary>
internal abstract record RegistryCredential
{
    private RegistryCredential()
    {
    }

    public sealed record Password(string User, SecretText Secret) : RegistryCredential
    {
        /// <summary>The parameter of the header <c>Authorization: Basic</c>. No property: the text of a record shows those.</summary>
        public string Basic() => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Secret.Reveal()}"));
    }

    /// <summary>What <c>docker login</c> keeps where a registry hands out refresh tokens: exchanged for an access token.</summary>
    public sealed record IdentityToken(SecretText Token) : RegistryCredential;
}

/// <summary>Finds credentials for a host; null where there are none and it is asked without. May be called more than once: after a refusal, anew.</summary>
internal delegate Task<RegistryCredential?> CredentialSource(string host, CancellationToken cancellationToken);
