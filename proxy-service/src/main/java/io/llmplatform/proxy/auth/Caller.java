package io.llmplatform.proxy.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param apiKeyId      absent for a console session
 * @param allowedModels names of the models it may call; absent = all
 */
public record Caller(
        String userId, @Nullable String apiKeyId, @Nullable List<String> allowedModels) {
    public boolean mayCall(String model) {
        return allowedModels == null || allowedModels.contains(model);
    }
}
