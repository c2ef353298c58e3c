package io.llmplatform.command.sso;

import java.util.Optional;

/** Which person of a provider is which account: one each way. Writes belong to the transaction of their event. */
public interface IdentityLinks {
    /** @return false when either is linked already */
    boolean link(String userId, String issuer, String subject);

    void unlink(String userId);

    Optional<String> userOf(String issuer, String subject);
}
