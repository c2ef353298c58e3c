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

    Optional<Account> byId(String userId);

    /** Without regard to case. */
    Optional<Account> byUsername(String username);

    Optional<PasswordHash> passwordOf(String userId);

    boolean isEmpty();
}
