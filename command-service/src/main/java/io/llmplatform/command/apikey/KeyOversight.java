package io.llmplatform.command.apikey;

/** Who looks after the keys of others, without being an administrator. */
interface KeyOversight {
    /** Whether the person manages the team that the key belongs to, itself or through its owner. */
    boolean oversees(String userId, Owner owner);
}
