"""Which 0.x codebase a config was written for, told from what only one of them has."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from mmupgrade.document import Document

Codebase: TypeAlias = Literal["mmedit", "mmgen", "other"]

#: The codebases that always count iterations.
ITERATING: tuple[Codebase, ...] = ("mmedit", "mmgen")

#: Registered by mmedit 0.16.1 and by no other OpenMMLab package.
_MMEDIT = frozenset(
    """
    AOTBlockNeck AOTDecoder AOTEncoder AOTEncoderDecoder AOTInpaintor AdobeComp1kDataset
    BaseMattingDataset BaseMattor BasicInterpolator BasicRestorer BasicVSR BasicVSRNet
    BasicVSRPlusPlus CAIN CAINNet CharbonnierCompLoss ContextualAttentionNeck DIC DICNet DIM
    DeepFillDecoder DeepFillEncoder DeepFillEncoderDecoder DeepFillRefiner
    DeepFillv1Discriminators DeepFillv1Inpaintor EDSR EDVR EDVRNet ESRGAN FBADecoder
    FBAResnetDilated FLAVR FLAVRNet FeedbackHourglass GCA GLDecoder GLDilationNeck GLDiscs
    GLEAN GLEANStyleGANv2 GLEncoder GLEncoderDecoder GLInpaintor GenerationPairedDataset
    GenerationUnpairedDataset IconVSR ImgInpaintingDataset IndexNet IndexNetDecoder
    IndexNetEncoder L1CompositionLoss LIIF LIIFEDSR LIIFRDN LTE LightCNN LightCNNFeatureLoss
    MMEditVisualizationHook MSECompositionLoss MSRResNet MaskedTVLoss OneStageInpaintor
    PConvDecoder PConvEncoder PConvEncoderDecoder PConvInpaintor RDN RRDBNet RealBasicVSR
    RealBasicVSRNet RealESRGAN ReduceLrUpdaterHook ResGCADecoder ResGCAEncoder
    ResShortcutDec ResShortcutEnc SRAnnotationDataset SRCNN SRFacialLandmarkDataset
    SRFolderDataset SRFolderGTDataset SRFolderMultipleGTDataset SRFolderRefDataset
    SRFolderVideoDataset SRGAN SRLmdbDataset SRREDSDataset SRREDSMultipleGTDataset
    SRTestMultipleGTDataset SRVid4Dataset SRVimeo90KDataset SRVimeo90KMultipleGTDataset
    SearchTransformer SoftMaskPatchDiscriminator TDAN TDANNet TOFlow TOFlowVFINet TTSR
    TTSRDiscriminator TTSRNet TransferalPerceptualLoss TwoStageInpaintor
    UNetDiscriminatorWithSpectralNorm VFIVimeo90K7FramesDataset VFIVimeo90KDataset
    """.split()
)
#: Registered by mmgen 0.7.3 and by no other OpenMMLab package.
_MMGEN = frozenset(
    """
    ADAAug ADAStyleGAN2Discriminator ArcFace BaseTranslationModel BasicConditionalGAN
    BasicGaussianDiffusion BasiccGAN BigGANConditionBN BigGANDeepDiscResBlock
    BigGANDeepDiscriminator BigGANDeepGenResBlock BigGANDeepGenerator BigGANDiscResBlock
    BigGANDiscriminator BigGANGenResBlock BigGANGenerator CLIPLoss ConvLNModule
    DCGANDiscriminator DCGANGenerator DDPMMSELoss DDPMVLBLoss DenoisingDownsample
    DenoisingResBlock DenoisingUnet DenoisingUpsample DiscretizedGaussianLogLikelihoodLoss
    DynamicIterBasedRunner EqualizedLRConvDownModule EqualizedLRConvModule
    EqualizedLRConvUpModule EqualizedLRLinearModule FaceIdLoss GaussianKLD GaussianKLDLoss
    GenerativeEvalHook GeneratorPathRegularizer GrowScaleImgDataset LSGANDiscriminator
    LSGANGenerator MMGenVisualizationHook MSPIEStyleGAN2 MSStyleGAN2Discriminator
    MSStyleGANv2Generator MiniBatchStddevLayer PESinGAN PGGAN PGGANDiscriminator
    PGGANFetchDataHook PGGANGenerator PGGANNoiseTo2DFeat PairedImageDataset
    ProgressiveGrowingGAN ProjDiscriminator QuickTestImageDataset R1GradientPenalty
    SAGANDiscriminator SAGANGenerator SNConditionNorm SNGANDiscHeadResBlock
    SNGANDiscResBlock SNGANGenResBlock SNGANGenerator SinGAN SinGANDataset
    SinGANMSGeneratorPE SinGANMultiScaleDiscriminator SinGANMultiScaleGenerator
    StaticTranslationGAN StaticUnconditionalGAN StyleGAN1Discriminator StyleGANV1
    StyleGANv1Generator StyleGANv3Generator SynthesisNetwork TranslationEvalHook
    UnconditionalImageDataset UniformTimeStepSampler UnpairedImageDataset
    VisualizeUnconditionalSamples WGANGPDiscriminator WGANGPGenerator WGANNoiseTo2DFeat
    """.split()
)
#: 0.x types that several codebases share; they tell a config, not which.
_SHARED = frozenset(
    """
    CheckpointHook ClearMLLoggerHook Collect Compose Crop CycleGAN DiscShiftLoss
    DvcliveLoggerHook EpochBasedRunner ExponentialMovingAverageHook FID FixedCrop Flip
    GANLoss GradientPenaltyLoss IS ImageToTensor IterBasedRunner L1Loss LinearLrUpdaterHook
    LoadImageFromFile LoadPairedImageFromFile MSELoss MS_SSIM MlflowLoggerHook
    NeptuneLoggerHook Normalize PPL PR PatchDiscriminator PaviLoggerHook PerceptualLoss
    Pix2Pix RepeatDataset RescaleToZeroOne Resize ResnetGenerator SWD SegmindLoggerHook
    StyleGAN2Discriminator StyleGANv2Generator TensorboardLoggerHook TextLoggerHook ToTensor
    UnetGenerator WandbLoggerHook
    """.split()
)
_TYPES = re.compile(r"type['\"]?\s*[=:]\s*['\"]([\w.]+)['\"]")
_PACKAGES = r"(?m)^\s*(?:import|from)\s+(mmedit|mmgen)\b|['\"](mmedit|mmgen)\.\w"


def _types(source: str) -> set[str]:
    """Every type that is named outside comments."""
    return {
        match.group(1)
        for match in _TYPES.finditer(source)
        if source.rfind("#", source.rfind("\n", 0, match.start()) + 1, match.start()) < 0
    }


def names_known_type(document: Document) -> bool:
    """Whether a type of a 0.x codebase is named."""
    return any(map(_is_known, _types(document.text.value)))


def _is_known(name: str) -> bool:
    return name in _MMEDIT or name in _MMGEN or name in _SHARED or name.startswith("mmcls.")


def speaks(piece: str) -> set[str]:
    """What of a piece of text may speak for a codebase, or for a config."""
    packages = {match.group() for match in re.finditer(_PACKAGES, piece)}
    return packages | {name for name in _types(piece) if _is_known(name)}


def evidence(document: Document) -> frozenset[Codebase]:
    """The codebases that the text of `document` alone speaks for."""
    named = _types(document.text.value)
    found: set[Codebase] = set()
    if named & _MMEDIT:
        found.add("mmedit")
    if named & _MMGEN:
        found.add("mmgen")
    source = document.text.value
    if "mmedit" in source or "mmgen" in source:
        for match in re.finditer(_PACKAGES, source):
            found.add("mmedit" if "mmedit" in match.group() else "mmgen")
    if "optimizers" in document.facts.bindings and "total_iters" in document.facts.bindings:
        found.add("mmedit")
    return frozenset(found)
