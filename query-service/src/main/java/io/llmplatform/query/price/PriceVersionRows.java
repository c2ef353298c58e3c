package io.llmplatform.query.price;

import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

interface PriceVersionRows extends Repository<PriceVersionRow, String>, JpaSpecificationExecutor<PriceVersionRow> {}
