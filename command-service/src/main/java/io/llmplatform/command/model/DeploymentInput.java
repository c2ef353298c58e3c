package io.llmplatform.command.model;

import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.policy.LimitsInput;
import io.llmplatform.contracts.event.ModelEvent.Deployment;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A deployment in a body. */
record DeploymentInput(
        @Nullable String providerId,
        @Nullable String upstreamModel,
        @Nullable Integer weight,
        @Nullable Integer priority,
        @Nullable ConditionInput when,
        @Nullable LimitsInput limits,
        @Nullable PriceInput price) {
    private static final int MOST = 50;
    private static final int HEAVIEST = 1000;
    private static final int LAST_PRIORITY = 1000;

    Deployment deployment(String id) {
        return new Deployment(
                id,
                Objects.requireNonNull(providerId),
                Objects.requireNonNull(upstreamModel),
                Objects.requireNonNullElse(weight, 1),
                // 0 and absent are the same: one form, so that saying it is no change
                priority == null || priority == 0 ? null : priority,
                ConditionInput.condition(when),
                LimitsInput.limits(limits),
                PriceInput.price(price));
    }

    static void check(FieldErrors errors, @Nullable List<@Nullable DeploymentInput> inputs) {
        if (inputs == null) {
            return;
        }
        errors.check(!inputs.isEmpty() && inputs.size() <= MOST, "deployments", "expected 1 to " + MOST);
        var seen = new HashSet<String>();
        for (int i = 0; i < Math.min(inputs.size(), MOST); i++) {
            var field = "deployments[" + i + "]";
            var input = inputs.get(i);
            if (input == null) {
                errors.add(field, "must not be null");
                continue;
            }
            ConditionInput.check(errors, field + ".when", input.when);
            LimitsInput.check(errors, field + ".limits", input.limits);
            PriceInput.check(errors, field + ".price", input.price);
            int priority = Objects.requireNonNullElse(input.priority, 0);
            int weight = Objects.requireNonNullElse(input.weight, 1);
            errors.required(field + ".provider_id", input.providerId, 1, 64)
                    .required(field + ".upstream_model", input.upstreamModel, 1, 200)
                    .check(weight >= 1 && weight <= HEAVIEST, field + ".weight", "expected 1 to " + HEAVIEST)
                    .check(
                            priority >= 0 && priority <= LAST_PRIORITY,
                            field + ".priority",
                            "expected 0 to " + LAST_PRIORITY)
                    .check(
                            seen.add(input.providerId + '\n' + input.upstreamModel),
                            field,
                            "the same provider and upstream model appear twice; raise the weight instead");
        }
    }
}
