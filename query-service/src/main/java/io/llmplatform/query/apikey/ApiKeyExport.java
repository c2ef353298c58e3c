package io.llmplatform.query.apikey;

import io.llmplatform.query.access.Person;
import io.llmplatform.query.export.ExportSource;
import io.llmplatform.query.page.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The list as it is shown, for export. */
@Component
class ApiKeyExport implements ExportSource {
    private final ApiKeyController list;

    ApiKeyExport(ApiKeyController list) {
        this.list = list;
    }

    @Override
    public String section() {
        return "api-keys";
    }

    @Override
    public Page<?> page(Person person, @Nullable String cursor) {
        return list.list(person, null, null, null, null, PAGE, cursor);
    }
}
