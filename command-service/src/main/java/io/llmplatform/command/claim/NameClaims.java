package io.llmplatform.command.claim;

import io.llmplatform.command.refusal.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The right to a name. A claim stands or falls with the transaction of the event it goes with. */
public interface NameClaims {
    /**
     * Takes a name; waits for a transaction that is just taking the same.
     *
     * @throws Refusal.NameTaken when another owner has it
     * @throws org.axonframework.modelling.command.ConcurrencyException when the owner itself took another one meanwhile
     */
    void claim(Kind kind, String name, String ownerId);

    /** Gives up the owner's name of that kind, if any. */
    void release(Kind kind, String ownerId);

    Optional<String> ownerOf(Kind kind, String name);

    /** Whether that owner holds a name: every user, team, provider and model does from creation on. */
    boolean isOwner(Kind kind, String ownerId);

    /** The name that owner holds, in the form in which names are compared; not for people, whose names are kept as hashes. */
    Optional<String> nameOf(Kind kind, String ownerId);

    /** Everybody who holds a name of that kind. */
    List<String> owners(Kind kind);

    /** What a name is unique among. */
    enum Kind {
        USER("user", "username"),
        TEAM("team", "name"),
        PROVIDER("provider", "name"),
        MODEL("model", "name");

        private final String label;
        private final String field;

        Kind(String label, String field) {
            this.label = label;
            this.field = field;
        }

        public String label() {
            return label;
        }

        /** The field of the body that holds the name. */
        public String field() {
            return field;
        }

        /** The form in which names are compared: model names as callers write them, the others without regard to case. */
        public String normalised(String name) {
            return this == MODEL ? name : name.toLowerCase(Locale.ROOT);
        }
    }
}
