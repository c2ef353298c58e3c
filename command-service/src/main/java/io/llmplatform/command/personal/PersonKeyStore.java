package io.llmplatform.command.personal;

import io.llmplatform.contracts.personal.PersonKeys;
import java.util.Optional;

/** A key for each person whom an event speaks of. */
public interface PersonKeyStore extends PersonKeys {
    /**
     * The person's key, made now if there is none, in the transaction of the event that needs it. Also a person whose
     * key was destroyed gets a new one: what is said of them from now on can be erased again.
     */
    byte[] obtain(String subject);

    /** The key as it may be published, wrapped; nothing when there is none. */
    Optional<String> wrapped(String subject);
}
