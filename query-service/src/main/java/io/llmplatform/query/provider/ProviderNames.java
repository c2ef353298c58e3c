package io.llmplatform.query.provider;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Names of providers by id, for the deployments of models. */
@Component
public class ProviderNames {
    private final ProviderRows rows;

    ProviderNames(ProviderRows rows) {
        this.rows = rows;
    }

    /** Unknown ids are left out. */
    public Map<String, String> of(Collection<String> ids) {
        return ids.isEmpty()
                ? Map.of()
                : rows.findByIdIn(ids).stream().collect(Collectors.toMap(ProviderRow::id, ProviderRow::name));
    }
}
