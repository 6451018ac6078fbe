-- What a claim was decided on says each skill's name beside the sentence about it, so that no page
-- cuts it out of the sentence. Rows from before get it here, once.
update claim set assessment = jsonb_set(assessment, '{explanation,Lines}', (
	select jsonb_agg(line || jsonb_build_object('Name', split_part(line->>'Text', ':', 1)) order by place)
	from jsonb_array_elements(assessment #> '{explanation,Lines}') with ordinality as said (line, place)))
where jsonb_typeof(assessment #> '{explanation,Lines}') = 'array'
	and jsonb_array_length(assessment #> '{explanation,Lines}') > 0;
