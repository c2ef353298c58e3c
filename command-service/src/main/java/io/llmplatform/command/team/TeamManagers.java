package io.llmplatform.command.team;

/** Who manages which team. Writes belong to the transaction of the command that makes them. */
public interface TeamManagers {
    void add(String teamId, String userId);

    void remove(String teamId, String userId);

    /** Whether the person manages the team now: named for it, active and in the role {@code manager}. */
    boolean manages(String userId, String teamId);
}
