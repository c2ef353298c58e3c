package io.llmplatform.projections.gatewayconfig;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.PriceBookEvent;
import io.llmplatform.contracts.policy.PriceSchedule;
import io.llmplatform.contracts.policy.PriceVersion;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What an event makes of the record of a price book. Past versions stay in it: a correction that begins later brings the
 * one before back into force.
 */
final class PriceBookFold {
    private PriceBookFold() {}

    static ConfigRecord.PriceBook next(@Nullable ConfigRecord current, long position, PriceBookEvent event) {
        var versions = new ArrayList<PriceVersion>();
        if (current != null) {
            versions.addAll(((ConfigRecord.PriceBook) current).versions());
        }
        return switch (event) {
            case PriceBookEvent.PriceVersionAdded(var id, var modelId, var ignored, var version) -> {
                versions.add(version);
                yield new ConfigRecord.PriceBook(id, position, modelId, PriceSchedule.standing(versions));
            }
            case PriceBookEvent.PriceVersionCorrected(var id, var modelId, var ignored, var before, var after) -> {
                versions.removeIf(version -> version.number() == before.number());
                versions.add(after);
                yield new ConfigRecord.PriceBook(id, position, modelId, PriceSchedule.standing(versions));
            }
        };
    }
}
