package io.llmplatform.command.sso;

import java.util.Optional;

/** @param configured nothing where {@code OIDC_ISSUER} is not set */
public record SsoProvider(Optional<SingleSignOn> configured) {}
