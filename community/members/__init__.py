"""Who is here: the member, the taxonomies a member is described with, the profile and the directory."""
