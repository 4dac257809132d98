export { type PredictorCase, type PredictorUnderTest, predictorCases } from './predictor-cases.ts';
