package io.llmplatform.query.model;

import io.llmplatform.query.access.Person;
import io.llmplatform.query.export.ExportSource;
import io.llmplatform.query.page.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The list as it is shown, for export. */
@Component
class ModelExport implements ExportSource {
    private final ModelController list;

    ModelExport(ModelController list) {
        this.list = list;
    }

    @Override
    public String section() {
        return "models";
    }

    @Override
    public Page<?> page(Person person, @Nullable String cursor) {
        return list.list(person, null, null, PAGE, cursor);
    }
}
