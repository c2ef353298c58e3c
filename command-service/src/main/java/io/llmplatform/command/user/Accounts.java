package io.llmplatform.command.user;

import io.llmplatform.command.password.PasswordHash;
import io.llmplatform.contracts.event.UserEvent;
import java.util.Optional;

/** Accounts and credentials. Writes belong to the transaction of the command that makes them. */
public interface Accounts {
    void add(Account account, PasswordHash password);

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

    Optional<PasswordHash> passwordOf(String userId);

    boolean isEmpty();
}
