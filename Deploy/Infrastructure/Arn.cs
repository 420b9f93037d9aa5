namespace Platform.Deploy.Infrastructure;

/// <summary>Names of AWS resources that a template refers to without making them. Partition, region and account are those of the stack.</summary>
internal static class Arn
{
    public static CfnValue Regional(string service, string resource) => new CfnValue.Sub($"arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}");

    public static CfnValue Global(string service, string resource) => new CfnValue.Sub($"arn:${{AWS::Partition}}:{service}::${{AWS::AccountId}}:{resource}");

    /// <summary>A policy that AWS keeps.</summary>
    /// <param name="name">With its path, such as <c>AmazonEKSClusterPolicy</c>.</param>
    public static CfnValue AwsPolicy(string name) => new CfnValue.Sub($"arn:${{AWS::Partition}}:iam::aws:policy/{name}");

    /// <summary>An access policy of EKS.</summary>
    public static CfnValue AccessPolicy(string name) => new CfnValue.Sub($"arn:${{AWS::Partition}}:eks::aws:cluster-access-policy/{name}");

    /// <param name="logicalId">Of a bucket in the same template.</param>
    /// <param name="objects">Such as <c>/*</c>.</param>
    public static CfnValue Objects(string logicalId, string objects) => new CfnValue.Sub($"${{{logicalId}.Arn}}{objects}");
}
