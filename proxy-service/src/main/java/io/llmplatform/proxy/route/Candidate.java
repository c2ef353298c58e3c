package io.llmplatform.proxy.route;

/** A deployment that may be chosen, and how it does. */
record Candidate(Target target, DeploymentState state) {}
