package io.llmplatform.command.user;

import io.llmplatform.command.password.PasswordHash;
import io.llmplatform.contracts.event.UserEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accounts and credentials. Writes belong to the transaction of the command that makes them. */
public interface Accounts {
    /** @param password null for a person who has none yet: nobody can log in as them */
    void add(Account account, @Nullable PasswordHash password, @Nullable String teamId);

    void edit(String userId, UserEvent.Details details);

    void setActive(String userId, boolean active);

    void setPassword(String userId, PasswordHash password);

    /**
     * Whether somebody else is an active administrator. Who takes that away from one of them waits here for whoever is
     * doing the same to another.
     */
    boolean lockAdministratorsBeside(String userId);

    Optional<Account> byId(String userId);

    /** Without regard to case. */
    Optional<Account> byUsername(String username);

    /** The team a person belongs to now. */
    Optional<String> teamOf(String userId);

    Optional<PasswordHash> passwordOf(String userId);

    boolean isEmpty();
}
