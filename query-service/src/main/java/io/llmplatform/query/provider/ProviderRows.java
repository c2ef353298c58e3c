package io.llmplatform.query.provider;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

interface ProviderRows extends Repository<ProviderRow, String>, JpaSpecificationExecutor<ProviderRow> {
    Optional<ProviderRow> findById(String id);

    List<ProviderRow> findByIdIn(Collection<String> ids);
}
