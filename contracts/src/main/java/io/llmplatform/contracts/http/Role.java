package io.llmplatform.contracts.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What a person may do. */
public enum Role {
    /** Everything. */
    ADMIN,
    /** Reads everything, changes nothing. */
    AUDITOR,
    /** Own keys and own usage; beside that the members, keys and usage of the teams they are a manager of. */
    MANAGER,
    /** Own keys and own usage. */
    MEMBER;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming the value and the known roles */
    @JsonCreator
    public static Role of(String wire) {
        return Arrays.stream(values())
                .filter(role -> role.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "role: '" + wire + "' (expected one of admin, auditor, manager, member)"));
    }
}
