package io.llmplatform.command.sso;

import io.llmplatform.contracts.http.Role;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who has logged in at the provider.
 *
 * @param role by the provider's claims; nothing for somebody who may not come in
 */
public record Identity(
        String issuer,
        String subject,
        Optional<String> username,
        @Nullable String email,
        @Nullable String displayName,
        Optional<Role> role) {
    @Override
    public String toString() {
        return "Identity[" + issuer + "]";
    }
}
