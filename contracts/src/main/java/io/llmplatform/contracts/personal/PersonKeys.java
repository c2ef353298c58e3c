package io.llmplatform.contracts.personal;

import java.util.Optional;

/** Where the keys are, for who opens personal data. */
@FunctionalInterface
public interface PersonKeys {
    /**
     * 32 bytes; nothing when the key was destroyed, which is for ever.
     *
     * @throws RuntimeException when it cannot be told now
     */
    Optional<byte[]> find(String subject);

    /** For who has none: everything sealed counts as erased. */
    static PersonKeys none() {
        return _ -> Optional.empty();
    }
}
