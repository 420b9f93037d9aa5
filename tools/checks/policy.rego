# Rules of our own for the templates that Deploy writes, beside policy.guard. make_diag and resolve are the validator's.
package policy

import rego.v1

violation contains make_diag("EKS_PUBLIC_ENDPOINT_RESTRICTED", "ERROR", name, "The endpoint of the cluster is open to everybody") if {
    some name, res in input.resources
    res.resourceType == "AWS::EKS::Cluster"
    "0.0.0.0/0" in resolve(name, "Properties.ResourcesVpcConfig.PublicAccessCidrs")
}

# Without these properties AWS takes a default that policy.guard would refuse.
required := {
    "AWS::EC2::LaunchTemplate": {"LaunchTemplateData"},
    "AWS::ECR::Repository": {"ImageScanningConfiguration", "ImageTagMutability"},
    "AWS::EKS::Cluster": {"AccessConfig", "Logging"},
    "AWS::KMS::Key": {"EnableKeyRotation"},
    "AWS::Logs::LogGroup": {"RetentionInDays"},
    "AWS::S3::Bucket": {"BucketEncryption", "OwnershipControls", "PublicAccessBlockConfiguration"},
}

violation contains make_diag("POLICY_PROPERTY_REQUIRED", "ERROR", name, sprintf("The property '%s' has to be there", [property])) if {
    some name, res in input.resources
    some property in required[res.resourceType]
    not property in object.keys(res.properties)
}
